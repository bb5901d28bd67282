/**
 * The scripts of the desk, each built from one file into one that stands inside its pages (`tools/page-scripts.mjs`).
 * Without script nothing of a page is lost but what only a script can do.
 */
export const pageScripts = {} as const satisfies Record<string, string>

export type ScriptName = keyof typeof pageScripts

/** Which pages carry which scripts. On every other no script runs; `docs/threat-model.md` lists the same addresses. */
export const scriptedPages: Readonly<Record<string, readonly ScriptName[]>> = {}
