import type { Client, FormsView, Lang, Telling } from '../views';

/** A small real PDF, so that the preview draws bytes in a browser too. It says on its face that it is no court paper. */
export function samplePaper(title: string, pages: number): Uint8Array {
  const objects: string[] = [];
  const kids = Array.from({ length: pages }, (_, i) => `${4 + i * 2} 0 R`).join(' ');
  objects[1] = '<< /Type /Catalog /Pages 2 0 R >>';
  objects[2] = `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`;
  objects[3] = '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>';
  for (let page = 0; page < pages; page += 1) {
    const rows = Array.from({ length: 28 }, (_, i) => `1 0 0 1 60 ${700 - i * 23} Tm (${i + 1}) Tj`);
    const text = [
      'BT /F1 12 Tf',
      ...rows,
      `1 0 0 1 100 700 Tm (${title.replace(/[()\\]/g, ' ')}) Tj`,
      '1 0 0 1 100 654 Tm (Sample page drawn in a browser. Not a court paper.) Tj',
      `1 0 0 1 280 30 Tm (Page ${page + 1} of ${pages}) Tj ET`,
      '90 40 m 90 752 l 93 40 m 93 752 l 550 40 m 550 752 l 0.6 w S',
    ].join('\n');
    objects[4 + page * 2] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + page * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`;
    objects[5 + page * 2] = `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
  }
  let file = '%PDF-1.4\n';
  const at: number[] = [];
  for (let id = 1; id < objects.length; id += 1) {
    at[id] = file.length;
    file += `${id} 0 obj\n${objects[id]}\nendobj\n`;
  }
  const start = file.length;
  const table = at.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  file += `xref\n0 ${objects.length}\n0000000000 65535 f \n${table.join('')}trailer\n<< /Size ${objects.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

/** One form that is there, one whose check is overdue, one that is not there. */
export const sampleForms: FormsView = {
  folder: '/somewhere/forms',
  forms: [
    { number: 'AB-1', title: 'A sample petition', mandatory: false, fills: true, own: false, counties: [], newest: '2024-01-01', blanks: [{ revision: '2024-01-01', sha256: '00', used: true, fills: true, check_by: '2027-01-01', overdue: false }] },
    { number: 'AB-2', title: 'A sample order', mandatory: false, fills: true, own: false, counties: [], newest: '2020-01-01', blanks: [{ revision: '2020-01-01', sha256: '01', used: true, fills: true, check_by: '2021-01-01', overdue: true }] },
    { number: 'AB-3', title: 'A sample request', mandatory: true, fills: false, own: false, counties: [], newest: '2022-08-01', blanks: [] },
  ],
  rejected: [{ file: 'letter.pdf', why: 'it has no fields' }],
};

const prompts: Record<Lang, string>[] = [
  { en: 'What have you done since then? For example work, school, family, treatment, or helping others.', es: '¿Qué ha hecho desde entonces? Por ejemplo trabajo, estudios, familia, tratamiento o ayudar a otros.' },
  { en: 'What has this record kept you from? For example a job, a license, a home, or time with your children.', es: '¿Qué le ha impedido este expediente? Por ejemplo un trabajo, una licencia, una vivienda o tiempo con sus hijos.' },
];

/** What the twin asks for each count; the law chooses in the app. */
export function sampleTellings(client: Client, lang: Lang): Telling[] {
  const aloud = client.contact.language && client.contact.language !== lang ? client.contact.language : null;
  const asked = prompts.map((prompt, n) => ({ key: `p${n}`, ask: prompt[lang], aloud: aloud && prompt[aloud] }));
  return client.record.cases.flatMap((item, k) => item.counts.map((_, count) => ({ case: k, count, needed: false, prompts: asked })));
}
