import type { PressFiles, PrintJob } from '#kernel/print/job.ts'
import { pressOfSources } from '#kernel/print/files.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'

/** The press of this checkout's sources. */
export const HERE: PressFiles = pressOfSources(process.cwd())
export const ADDRESS = 'https://example.org/es/media/un-texto'

const PAPER = {
  lang: 'es', paper: 'a4', title: 'Ni una menos: acción y corazón', teaser: 'Una bajada con eñes.', kind: 'Comunicado', org: 'Alianza de prueba', room: 'Centro de medios',
  authors: ['Alianza de prueba'], keywords: [], date: [2026, 11, 24], when: { words: 'noviembre de 2026', label: 'Cuándo', months: [11] },
  facts: [['Región', ['Uruguay']]], notices: [], toc: false, signed: { label: 'Firman', names: ['Organización Ñandú'] }, ends: [], address: ADDRESS,
  foot: ['Licencia: CC BY 4.0'], words: { links: 'Enlaces de este texto', readAt: 'Para leerlo en la web:' },
}

export async function paperOf(markdown: string, changes: Record<string, unknown> = {}): Promise<PrintJob> {
  const data = { ...PAPER, ...changes }
  const { html, notes } = await renderMarkdown(markdown, data.lang)
  return { template: 'paper', output: 'pdf', data, words: { html, notes, address: ADDRESS, shown: [] }, madeAt: 1_795_000_000 }
}

export const cardOf = (changes: Record<string, unknown> = {}): PrintJob => ({
  template: 'card', output: 'png', madeAt: 0,
  data: { lang: 'es', format: 'wide', title: PAPER.title, kind: 'Comunicado', where: 'Uruguay', when: PAPER.when, org: 'Alianza', host: 'example.org', ...changes },
})
