import type { Options } from 'remark-stringify'

/** How the house writes Markdown, wherever a program writes it: from HTML, from Word, in the editor of the desk. */
export const MARKDOWN_STYLE = { bullet: '-', emphasis: '*', strong: '*', rule: '-', fences: true, listItemIndent: 'one', resourceLink: false } as const satisfies Options
