import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { many, said, speak, t } from '../src/words';
import { en } from '../src/words/en';
import { addresses } from '../src/words/en/addresses';
import { review } from '../src/words/en/review';
import { safe } from '../src/words/en/safe';
import { reviewed } from '../src/words/en/reviewed';
import { screens } from '../src/words/en/screens';
import { telling } from '../src/words/en/telling';
import { terms } from '../src/words/en/terms';
import { verify } from '../src/words/en/verify';
import { es } from '../src/words/es';

const components = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
const holes = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('the word lists', () => {
  it('have the same keys', () => {
    expect(Object.keys(es)).toEqual(Object.keys(en));
  });

  it('have no key twice', () => {
    // A later list would silently speak over an earlier one.
    expect(Object.keys(addresses).length + Object.keys(screens).length + Object.keys(terms).length + Object.keys(review).length + Object.keys(reviewed).length + Object.keys(safe).length + Object.keys(telling).length + Object.keys(verify).length).toBe(Object.keys(en).length);
  });

  it('say something in both, with the same holes', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(es[key].trim(), key).not.toBe('');
      expect(en[key].trim(), key).not.toBe('');
      expect(holes(es[key]), key).toEqual(holes(en[key]));
    }
  });

  it('have both forms of everything that is counted', () => {
    const stems = Object.keys(en).filter((key) => key.endsWith('.one')).map((key) => key.slice(0, -4));
    expect(stems.length).toBeGreaterThan(5);
    for (const stem of stems) expect(en).toHaveProperty([`${stem}.other`]);
  });

  it('do not shout', () => {
    for (const words of [...Object.values(en), ...Object.values(es)]) expect(words).not.toMatch(/[!¡]|\boops\b/i);
  });

  it('keep every key in use', () => {
    const text = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(svelte|ts)$/.test(file) && !/words.(en|es)\b/.test(file))
      .map((file) => readFileSync(join('src', file), 'utf8'))
      .join('\n');
    const groups = new Set([...text.matchAll(/(?:said\(|group=["']|[`'])([a-zA-Z]+)(?:['"`],|["']| ?\.\$\{|\.\$\{)/g)].map((m) => m[1]));
    const unused = Object.keys(en).filter((key) => {
      const stem = key.replace(/\.(one|other)$/, '');
      const group = key.split('.')[0] ?? '';
      return !text.includes(`'${stem}'`) && !text.includes(`'${key}'`) && !text.includes(`said('${group}'`) && !groups.has(group);
    });
    expect(unused).toEqual([]);
  });
});

describe('closed lists of the contract', () => {
  // A value without words would be shown as the contract writes it: in English, in every language.
  const lists: Record<string, readonly string[]> = {
    status: ['CardStatus'], row: ['RowStatus'], role: ['Role'], level: ['Level'], disposition: ['DispositionKind'], plea: ['Plea'],
    sentenceStatus: ['SentenceStatus'], part: ['PartKind'], supervision: ['Supervision'], conduct: ['Conduct'], effect: ['Effect'],
    bound: ['Bound'], unit: ['Unit'], form: ['Form'], step: ['Step'], citizen: ['Citizenship'], language: ['Language'],
    way: ['ChangeWay'], cause: ['ChangeCause'], by: ['SourceBy'],
  };
  const values = (type: string) => {
    const text = readFileSync(join('src', 'host', 'types', `${type}.ts`), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    return [...text.matchAll(/"(\w+)"/g)].map((m) => m[1] ?? '');
  };

  it.each(Object.entries(lists).flatMap(([group, types]) => types.map((type) => [group, type] as const)))('%s has words for every value of %s', (group, type) => {
    const all = values(type);
    expect(all.length).toBeGreaterThan(1);
    expect(all.filter((value) => !(`${group}.${value}` in en))).toEqual([]);
  });
});

describe('speaking', () => {
  it('fills holes, counts, and switches the language of the page', () => {
    expect(t('kept.at', { time: '14:02' })).toBe('Kept 14:02');
    expect(many('clients.cases', 1)).toBe('one case');
    expect(many('clients.cases', 3)).toBe('3 cases');
    speak('es');
    expect(document.documentElement.lang).toBe('es');
    expect(many('clients.cases', 3)).toBe('3 casos');
  });

  it('shows a value without words of ours as it is', () => {
    expect(said('recipient', 'sheriff_office')).toBe('sheriff office');
  });
});

describe('markup', () => {
  const shown = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'hint']);

  function literals(node: unknown, found: string[]): string[] {
    if (Array.isArray(node)) for (const item of node) literals(item, found);
    else if (typeof node === 'object' && node !== null) {
      const { type, name, data, value } = node as { type?: string; name?: string; data?: string; value?: unknown };
      if (name === 'kbd' && type === 'RegularElement') return found;
      if (type === 'Text' && data && /\p{L}{2,}/u.test(data)) found.push(data.trim());
      if (type === 'Attribute') {
        if (shown.has(name ?? '')) literals(value, found);
        return found;
      }
      for (const [key, child] of Object.entries(node)) if (!['instance', 'module', 'css', 'comments'].includes(key)) literals(child, found);
    }
    return found;
  }

  it.each(components)('%s has no words of its own', (file) => {
    const { fragment } = parse(readFileSync(join('src', file), 'utf8'), { modern: true });
    expect(literals(fragment, [])).toEqual([]);
  });

  it('finds words where there are some', () => {
    const { fragment } = parse('<p title="Words here">And here <kbd>Enter</kbd></p>', { modern: true });
    expect(literals(fragment, [])).toEqual(['Words here', 'And here']);
  });
});
