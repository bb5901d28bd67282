import { execFileSync } from 'node:child_process'

/** A disk of its own of that size (`16m`) at an empty folder, for as long as `use` takes; skips where a test may not mount one. */
export async function withSmallDisk(folder: string, size: string, skip: (note: string) => void, use: () => Promise<void>): Promise<void> {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return skip('this machine does not let a test mount a small disk')
  }
  try {
    await use()
  } finally {
    execFileSync('umount', ['--lazy', folder])
  }
}
