import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PressFiles } from '#kernel/print/job.ts'

/** Static TTF alone: Typst takes no variable font, and passes over woff without a word. */
const PACKED = [
  'archivo/400Regular/Archivo_400Regular', 'archivo/400Regular_Italic/Archivo_400Regular_Italic',
  'archivo/600SemiBold/Archivo_600SemiBold', 'archivo/700Bold/Archivo_700Bold',
  'source-serif-4/400Regular/SourceSerif4_400Regular', 'source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic',
  'source-serif-4/600SemiBold/SourceSerif4_600SemiBold', 'source-serif-4/600SemiBold_Italic/SourceSerif4_600SemiBold_Italic',
  'amiri/400Regular/Amiri_400Regular', 'amiri/700Bold/Amiri_700Bold',
  'ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular', 'ibm-plex-sans-arabic/600SemiBold/IBMPlexSansArabic_600SemiBold',
  'ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold',
  'lalezar/Lalezar_400Regular',
].map((path) => `node_modules/@expo-google-fonts/${path}.ttf`)

/** The poster face: Archivo at width 62 and weight 850, cut for this house (see fonts/README.md). */
const OURS = ['altavoz-poster', 'altavoz-poster-ext', 'altavoz-poster-tilde'].map((name) => `src/kernel/print/fonts/${name}.ttf`)

/** Paths of all fonts, from the folder of the program. */
export const FONTS = [...PACKED, ...OURS]

/** In the sources: for tests, and what tools/build.mjs copies. */
export function pressOfSources(root: string): PressFiles {
  return {
    child: join(root, 'src/kernel/print/press-child.ts'), workspace: join(root, 'src/kernel/print/templates'),
    fonts: FONTS.map((path) => join(root, path)),
  }
}

/** In the build. @param program the folder in which build/ stands */
export function pressOfBuild(program: URL): PressFiles {
  const at = (path: string) => fileURLToPath(new URL(`build/${path}`, program))
  return { child: at('press.js'), workspace: at('print/templates'), fonts: FONTS.map((path) => at(`print/fonts/${basename(path)}`)) }
}
