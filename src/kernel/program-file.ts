/**
 * Where a file that the program reads while it runs stands: beside the one that names it among the sources, in `build/`
 * when it is built, where tools/build.mjs gives it a name of its own.
 * @param here `import.meta.url` of the file that names it
 */
export function programFile(here: string, source: string, built: string): URL {
  if (here.endsWith('.ts')) return new URL(source, here)
  const folder = '/build/'
  return new URL(built, here.slice(0, here.lastIndexOf(folder) + folder.length))
}
