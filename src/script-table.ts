/**
 * The scripts of the desk, each built from one file into one that stands inside its pages (`tools/page-scripts.mjs`).
 * Without script nothing of a page is lost but what only a script can do.
 */
export const pageScripts = {
  tab: 'src/rooms/people/browser/tab.ts',
  keys: 'src/rooms/people/browser/keys.ts',
  passkey: 'src/rooms/people/browser/passkey-page.ts',
  writing: 'src/rooms/media/browser/writing.ts',
  translating: 'src/rooms/media/browser/translating.ts',
  editing: 'src/rooms/media/browser/editing.ts',
  copy: 'src/rooms/media/browser/copy.ts',
  upload: 'src/rooms/media/browser/upload.ts',
  frame: 'src/rooms/media/browser/picture-frame.ts',
} as const satisfies Record<string, string>

/** What a page's script loads when somebody needs it, from `/desk/script/`; their names stand in its bytes as LOADED_EDITOR and so on. */
export const loadedScripts = {
  editor: 'src/rooms/media/browser/editor.ts',
  pasted: 'src/rooms/media/editor/pasted.ts',
} as const satisfies Record<string, string>

export const loadedAt = '/desk/script/'

/** Whose pages may load them. */
export const loaders: readonly ScriptName[] = ['editing']

export type ScriptName = keyof typeof pageScripts

/** Which stand in every page behind sign-in. */
export const shellScripts: readonly ScriptName[] = ['tab', 'keys']

/** Which pages carry which scripts besides. On every other no script runs; `docs/threat-model.md` lists the same addresses. */
export const scriptedPages: Readonly<Record<string, readonly ScriptName[]>> = {
  '/desk/sign-in': ['passkey'],
  '/desk/in/{token}': ['passkey'],
  '/desk/account': ['passkey'],
  '/desk/media/{id}/{lang}': ['writing', 'editing'],
  '/desk/media/{id}/{lang}/translate': ['translating'],
  '/desk/media/{id}/{lang}/share': ['copy'],
  '/desk/media/pictures': ['upload'],
  '/desk/media/pictures/{id}': ['frame'],
}
