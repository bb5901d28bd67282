/** How a preview is looked at. Each look is a page with a style of its own: what a reader's device chooses is chosen here by the address. */
export const LOOKS = ['light', 'dark', 'print'] as const
export type Look = (typeof LOOKS)[number]

/** The page of the desk that shows another of this house within it. */
export const framingPage = '/desk/media/{id}/{lang}/preview'

/** What stands within it: the only pages that may be framed, by pages of this house alone. They hold no form. */
export const framedPage = (look: Look): string => `${framingPage}/page/${look}`
