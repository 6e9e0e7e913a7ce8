/** Reading a fact of the record by its contract path. */
export function factAt(record: object, path: string): unknown {
  const steps = [...path.matchAll(/([a-z_0-9]+)|\[(\d+)\]/g)].map((step) => step[1] ?? Number(step[2]));
  return steps.reduce<unknown>((at, step) => (at as { [key: string | number]: unknown } | null | undefined)?.[step], record);
}

const GROUPS: Readonly<Record<string, string>> = {
  kind: 'disposition', status: 'sentenceStatus', level: 'level', plea: 'plea', conduct: 'conduct', supervision: 'supervision', citizenship: 'citizen',
};

/** The group of the word list that a closed list of the contract stands under. */
export function groupOf(path: string): string {
  const leaf = path.slice(path.lastIndexOf('.') + 1);
  return GROUPS[leaf] ?? leaf;
}
