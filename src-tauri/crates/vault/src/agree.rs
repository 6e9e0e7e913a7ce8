//! Whether the log and the clients agree. Each page of the database proves that it was written under the key, not that it is the newest of
//! its place: pages put back from an older copy take a client away, or bring one back, and the log beside them tells of it.

use crate::Result;
use crate::audit::Operation;
use crate::door::View;

impl View<'_> {
    /// How many clients the log has and the vault does not, and the other way round. In rows of older versions a client ends with
    /// its destruction, or with the purge after it was moved; newer ones say themselves whether it was there afterwards.
    pub(crate) fn clients_out_of_step(&self) -> Result<(i64, i64)> {
        let sql = format!(
            "WITH last AS (
                 SELECT client, max(seq) AS seq, max(iif(operation IN ('{destroy}', '{purge}'), seq, 0)) AS ended
                 FROM audit WHERE client IS NOT NULL GROUP BY client
             ),
             told AS (
                 SELECT last.client, iif(office IS NULL, last.seq > ended, kept IS NOT NULL) AS here
                 FROM last JOIN audit ON audit.seq = last.seq
             )
             SELECT (SELECT count(*) FROM told WHERE here AND client NOT IN (SELECT id FROM client)),
                    (SELECT count(*) FROM client WHERE id NOT IN (SELECT client FROM told WHERE here))",
            destroy = Operation::Destroy.name(),
            purge = Operation::Purge.name(),
        );
        self.look(|conn| Ok(conn.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?))
    }
}
