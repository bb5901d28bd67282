/** Printed words are words: what Markdown would read as a mark is kept as the sign that was printed. */
export function asMarkdown(paragraph: string): string {
  return paragraph
    .replace(/[\\`*_[\]<>#~|!&]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2') // a list
    .replace(/^[-+=]/, '\\$&') // a list, a heading's line
    .replace(/:\/\/|@|(?<=www)\./gi, '\\$&') // a link, whose end Markdown would look for in the words
}
