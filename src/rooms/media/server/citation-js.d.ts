// Citation.js brings no types; these are the few that are used.
declare module '@citation-js/core' {
  export class Cite {
    constructor(data: object[], options: { generateGraph: boolean })
    format(format: 'biblatex' | 'ris'): string
  }
  export const plugins: { config: { get(name: '@bibtex'): { format: { useIdAsLabel: boolean; checkLabel: boolean; asciiOnly: boolean } } } }
}
declare module '@citation-js/plugin-bibtex'
declare module '@citation-js/plugin-ris'
