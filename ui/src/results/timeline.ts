/** When things happened and when they can be asked for, as positions in years. A date known in part lies in the middle of what is known. */
import type { ClientRecord, Results } from '../host';

/** A date as a number of years; null where there is none. */
export function year(date: string | null | undefined): number | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date ?? '');
  if (!parts) return null;
  const [, y, month, day] = parts;
  if (!month) return Number(y) + 0.5;
  return Number(y) + (Number(month) - 1 + (day ? (Number(day) - 1) / 31 : 0.5)) / 12;
}

/** One conviction on the line. */
export interface Mark {
  at: number;
  /** Whether something can be asked for now. */
  open: boolean;
}

/** One court case on a line of its own. */
export interface Lane {
  case: number;
  number: string | null;
  marks: Mark[];
  /** Sentences, from judgment to their end as far as the record tells it. */
  sentences: { from: number; to: number }[];
  /** The days from which more can be asked for. */
  waits: number[];
}

/** The whole drawing: its lanes, the years it spans, and the day asked about. */
export interface Line {
  lanes: Lane[];
  start: number;
  end: number;
  now: number;
  /** Whole years to write under the line, evenly apart. */
  years: number[];
}

export function timeline(record: ClientRecord, results: Results): Line | null {
  const now = year(results.as_of) ?? 0;
  const lanes = results.cases.map((item): Lane => {
    const lane: Lane = { case: item.case, number: item.number, marks: [], sentences: [], waits: [] };
    for (const card of item.cards) {
      const count = record.cases[item.case]?.counts[card.count];
      const judged = year(count?.disposition?.date);
      const at = judged ?? year(count?.offense_date);
      if (at !== null) lane.marks.push({ at, open: card.status === 'eligible' || card.status === 'likely_done' });
      const sentence = count?.sentence;
      const longest = Math.max(0, ...(sentence?.parts ?? []).filter((part) => !part.suspended).map((part) => (part.years ?? 0) + (part.months ?? 0) / 12 + (part.days ?? 0) / 365.25));
      const over = year(sentence?.completed) ?? (judged !== null && longest > 0 ? judged + longest : null);
      if (judged !== null && over !== null && over > judged) lane.sentences.push({ from: judged, to: over });
      for (const finding of [card.finding, ...card.alternatives.map((other) => other.finding)]) {
        const day = finding?.status === 'not_yet' ? year(finding.earliest) : null;
        if (day !== null && !lane.waits.includes(day)) lane.waits.push(day);
      }
    }
    // Open ones last, so that they are seen where several share a day.
    lane.marks.sort((a, b) => Number(a.open) - Number(b.open));
    return lane;
  }).filter((lane) => lane.marks.length > 0);
  if (lanes.length === 0) return null;
  const all = lanes.flatMap((lane) => [...lane.marks.map((mark) => mark.at), ...lane.sentences.map((each) => each.to), ...lane.waits]);
  const start = Math.floor(Math.min(now - 1, ...all));
  const end = Math.ceil(Math.max(now, ...all));
  const step = [1, 2, 5, 10, 20].find((years) => (end - start) / years <= 4) ?? 50;
  const years: number[] = [];
  for (let at = Math.ceil(start / step) * step; at <= end; at += step) years.push(at);
  return { lanes, start, end, now, years };
}
