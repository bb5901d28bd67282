import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler, type NodeError, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { PressFiles, Printed, PrintJob } from '#kernel/print/job.ts'
import { linksIn, nodesOf } from '#kernel/print/nodes.ts'
import { printable } from '#kernel/print/printable.ts'

export interface Printer { print(job: PrintJob): Promise<Printed> }

/**
 * Sets documents with Typst, in the child process. Text enters as a JSON file that exists only in memory: strings that
 * come from `json()` are placed as they are and never read as Typst.
 */
export function openPrinter({ workspace, fonts }: Pick<PressFiles, 'workspace' | 'fonts'>): Printer {
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.map((path) => readFileSync(path)) }] })
  const dataFile = join(workspace, 'data.json')

  return {
    async print(job) {
      compiler.mapShadow(dataFile, Buffer.from(JSON.stringify(dataOf(job))))
      try {
        const compiled = compiler.compile({ mainFilePath: join(workspace, `${job.template}.typ`), resetRead: true })
        const { result } = compiled
        if (!result) throw new Error(`Typst cannot set ${job.template}: ${said(compiled.takeError()).join('; ')}`)
        const complaints = said(compiled.takeWarnings())
        return job.output === 'pdf' ? pdfOf(result, job.madeAt, complaints) : { bytes: await pngOf(compiler.plainSvg(result)), complaints }
      } finally {
        compiler.resetShadow()
        compiler.evictCache(10)
      }
    },
  }

  /** PDF/UA-1 wants every letter in a font. Where one is not, a reader gets a tagged PDF without that promise. */
  function pdfOf(document: NodeTypstDocument, creationTimestamp: number, complaints: string[]): Printed {
    try {
      return { bytes: compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp }), complaints }
    } catch (error) {
      const why = `not PDF/UA-1: ${wordless((error as Error).message)}`
      return { bytes: compiler.pdf(document, { pdfStandard: '1.7', creationTimestamp }), complaints: [...complaints, why] }
    }
  }
}

function dataOf({ data, words }: PrintJob): unknown {
  if (!words) return printable(data)
  const body = nodesOf(words)
  return printable({ ...data, body, links: linksIn(body).filter(({ show }) => !words.shown.includes(show)) })
}

function said(problem: NodeError | null): string[] {
  return problem ? problem.shortDiagnostics.map((one: { message?: string }) => wordless(String(one.message ?? 'unknown'))) : []
}

/** A log holds no word of a text, and Typst quotes it: what stands in its messages between quotes is left out. */
function wordless(message: string): string {
  const [, sentence = message] = /message: "((?:[^"\\]|\\.)*)"/.exec(message) ?? []
  return sentence.replace(/`[^`]*`/g, '…').replace(/\\?"[^"]*"/g, '…').split('\n', 1)[0]!.slice(0, 200)
}

/**
 * Letters are outlines by now, so nothing here depends on a font. One point is one pixel. Few colours, no dither: more effort
 * took four times as long and came out no smaller.
 */
async function pngOf(svg: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  return sharp(Buffer.from(svg), { density: 72 }).png({ palette: true, colours: 64, dither: 0, effort: 1 }).toBuffer()
}
