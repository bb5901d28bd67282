/** The route of the page that stands within a preview. */
export const FRAMED_ROUTE = '/(desk)/desk/(framed)/media/[id]/[lang]/preview/page/[look]'

/** What of a page is given out only while it is public is given by the preview itself, to whoever may see that. */
export const previewOf = (path: string): string => path.replace(/\/page\/[^/]*\/?$/, '')

/**
 * A public page as it stands within a preview: a link to a place in it leads there, every other one to a window of its own, since no
 * other page of the house may stand in a frame; and pictures come from the preview's own address.
 * @param html as Svelte writes it: in its texts every `<` is escaped, so what looks like an element is one
 * @param preview the address of the preview, without a slash at its end
 */
export const inFrame = (html: string, preview: string): string =>
  html.replace(/<(?:a|img|source|video|audio|track)(?: [^\s"=<>]+(?:="[^"]*")?)+/g, (element) =>
    element.replace(/ (src|srcset|href)="\/blob\//g, ` $1="${preview}/blob/`).replace(/^<a(?=.* href="#)/s, '<a target="_self"'))
