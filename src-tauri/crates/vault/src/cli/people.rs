//! Who has a key.

use std::path::Path;

use vault::{ABOUT_A_SECOND, Cost, Error, NewPerson, Person, Role, Vault};
use zeroize::Zeroizing;

use super::{Done, Failure, about, choose, json, line, now, passphrase, print, unlock};
use crate::args::Asked;

pub(super) fn list(asked: &Asked) -> Done {
    let dir = asked.word(0);
    json(&Vault::open(Path::new(dir)).map_err(about(dir))?.people())
}

pub(super) fn add(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let roles = roles_of(asked)?;
    let mut vault = unlock(asked)?;
    let first = passphrase(&line()?)?;
    let new = NewPerson {
        name: asked.word(1),
        roles: &roles,
        passphrase: &first,
        cost: tuned(dir)?,
    };
    let id = vault.add_person(&new, now()).map_err(about(dir))?;
    print(&id.0)
}

pub(super) fn remove(asked: &Asked) -> Done {
    with(asked, |vault, person| {
        vault.remove_person(&person.id, now())
    })
}

pub(super) fn roles(asked: &Asked) -> Done {
    let roles = roles_of(asked)?;
    with(asked, |vault, person| {
        vault.set_roles(&person.id, &roles, now())
    })
}

pub(super) fn force(asked: &Asked) -> Done {
    with(asked, |vault, person| vault.force_change(&person.id, now()))
}

fn with(asked: &Asked, act: impl FnOnce(&mut Vault, &Person) -> vault::Result<()>) -> Done {
    let dir = asked.word(0);
    let mut vault = unlock(asked)?;
    let person = choose(&vault.people(), Some(asked.word(1)), dir)?;
    act(&mut vault, &person).map_err(about(dir))
}

pub(super) fn passphrase_change(asked: &Asked, tune: bool) -> Done {
    let dir = asked.word(0);
    let locked = Vault::open(Path::new(dir)).map_err(about(dir))?;
    let old = passphrase(&line()?)?;
    let person = choose(&locked.people(), asked.person.as_deref(), dir)?;
    let mut vault = locked.unlock(&person.id, &old, now()).map_err(about(dir))?;
    let cost = tuned(dir)?;
    if tune {
        if vault.me().must_change {
            return Err(about(dir)(Error::MustChangePassphrase));
        }
        let before = vault.own_cost().map_or(0, |cost| cost.memory_mib());
        if cost.memory_mib() < before && asked.option("lower") != Some("yes") {
            let words = format!(
                "just now this machine allows {} MiB for one try, and it is {before} MiB: nothing was changed. Try again when nothing else \
                 runs; where the machine is slower than the one before, add --lower yes",
                cost.memory_mib()
            );
            return Err(Failure::at(dir, words));
        }
        vault.retune(&old, cost, now()).map_err(about(dir))?;
        return print(&format!("{} MiB for one try", cost.memory_mib()));
    }
    let new = passphrase(&line()?)?;
    vault
        .change_passphrase(&old, &new, cost, now())
        .map_err(about(dir))
}

pub(super) fn code(asked: &Asked) -> Done {
    let dir = asked.word(0);
    let mut vault = unlock(asked)?;
    let code = vault
        .new_recovery_code(tuned(dir)?, now())
        .map_err(about(dir))?;
    print(&Zeroizing::new(code.to_string())).map_err(|_| Failure::at(dir, NOT_SHOWN))
}

/// The code counts from the moment it is in the vault.
pub(super) const NOT_SHOWN: &str = "the new recovery code could not be shown, and the one before opens nothing any more: \
                                    run `relief-vault code` again before anything else";

pub(super) fn rekey(asked: &Asked) -> Done {
    let dir = asked.word(0);
    unlock(asked)?
        .change_data_key(now())
        .map(drop)
        .map_err(about(dir))
}

pub(super) fn tuned(dir: &str) -> Done<Cost> {
    Cost::tuned(ABOUT_A_SECOND).map_err(about(dir))
}

fn roles_of(asked: &Asked) -> Done<Vec<Role>> {
    asked
        .rest(2)
        .iter()
        .map(|word| match word.as_str() {
            "administrator" => Ok(Role::Administrator),
            "attorney" => Ok(Role::Attorney),
            "volunteer" => Ok(Role::Volunteer),
            _ => Err(Failure::at(
                asked.word(0),
                "a role is administrator, attorney or volunteer",
            )),
        })
        .collect()
}
