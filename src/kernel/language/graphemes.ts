const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What a reader takes for one sign each (👩🏽‍⚖️, g̃, क्षि): a text is cut between two of them, never inside. */
export const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)
