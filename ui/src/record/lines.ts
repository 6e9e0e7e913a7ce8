/** Which lines of the sheets a part of the record rests on. */
import type { LineRef, Sheet, SheetLine } from '../host';

export interface Block {
  sheet: Sheet;
  lines: SheetLine[];
}

/** Whether a fact is the part asked about, or lies within it. */
export function within(fact: string, part: string): boolean {
  return fact === part || fact.startsWith(`${part}.`) || fact.startsWith(`${part}[`);
}

export function restsOn(line: SheetLine, part: string): boolean {
  return line.facts.some((fact) => within(fact, part));
}

/** For each sheet, the run of lines from the first to the last that a part rests on: what lies between belongs to the story. */
export function blocks(sheets: Sheet[], part: string): Block[] {
  return sheets.flatMap((sheet) => {
    const first = sheet.lines.findIndex((line) => restsOn(line, part));
    if (first < 0) return [];
    const last = sheet.lines.findLastIndex((line) => restsOn(line, part));
    return [{ sheet, lines: sheet.lines.slice(first, last + 1) }];
  });
}

/** Unread lines with the line before and after, so that a person can tell what they are about. */
export function unread(sheet: Sheet): { before?: SheetLine | undefined; line: SheetLine; after?: SheetLine | undefined }[] {
  return sheet.lines.flatMap((line, i) =>
    line.fate === 'unread' ? [{ before: sheet.lines[i - 1], line, after: sheet.lines[i + 1] }] : [],
  );
}

export function lineAt(sheets: Sheet[], at: LineRef): { sheet: Sheet; line: SheetLine } | null {
  const sheet = sheets.find((s) => s.id === at.sheet);
  const line = sheet?.lines.find((l) => l.page === at.page && l.line === at.line);
  return sheet && line ? { sheet, line } : null;
}
