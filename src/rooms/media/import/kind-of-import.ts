export const IMPORT_KINDS = ['wordpress', 'feed', 'ghost', 'docx', 'markdown', 'page', 'press-page'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** How much of a file's beginning tells what it is. */
export const HEAD = 65_536

/** Which reader a file is for: what its beginning holds says more than its name. undefined when none can read it. */
export function kindOfImport(head: Uint8Array, name: string): ImportKind | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD))
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0x504b0304) return /\.docx$/i.test(name) || bytes.includes('word/') ? 'docx' : undefined
  const wide = bytes.length >= 2 && (bytes.readUInt16BE(0) === 0xfffe || bytes.readUInt16BE(0) === 0xfeff)
  const text = (wide ? bytes.toString('latin1').replaceAll('\0', '') : bytes.toString('utf8')).replace(/^[\s\ufeff\u00fe\u00ff]+/, '')
  if (!wide && bytes.includes(0)) return undefined
  if (text.startsWith('<')) return kindOfXml(text, name)
  if (text.startsWith('{') && !/\.(md|markdown|txt)$/i.test(name)) {
    if (/jsonfeed\.org\/version/.test(text)) return 'feed'
    if (/"db"\s*:|"posts"\s*:\s*\[|"exported_on"/.test(text)) return 'ghost'
    return /"items"\s*:\s*\[/.test(text) ? 'feed' : undefined
  }
  if (/^(---|\+\+\+)\r?\n/.test(text) && /\n(---|\+\+\+)\s*(\n|$)/.test(text)) return 'markdown'
  if (/\.(md|markdown|mdown|mkd)$/i.test(name)) return 'markdown'
  return /\.(txt|text)$/i.test(name) ? 'press-page' : undefined
}

function kindOfXml(text: string, name: string): ImportKind | undefined {
  if (/xmlns:wp\s*=|<wp:wxr_version>|<wp:base_site_url>/.test(text)) return 'wordpress'
  if (/<(?:\w+:)?(?:rss|RDF|feed)[\s>]/.test(text)) return 'feed'
  if (/\.(md|markdown)$/i.test(name)) return 'markdown'
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype html|<html[\s>])/i.test(text)) return 'page'
  return /\.txt$/i.test(name) && !/^<\?xml/.test(text) ? 'press-page' : undefined
}
