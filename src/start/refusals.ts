/**
 * Failures that an operator can mend, each as one sentence that says what happened and what to do. What is not listed
 * here is a fault of the program and keeps its stack trace.
 */
import { Refusal } from '#kernel/database/refusal.ts'
import { refusalOf } from '#kernel/database/refusal-of.ts'

interface SystemError extends Error {
  code?: string
  path?: string
  port?: number
  address?: string
  syscall?: string
}

export function anotherAltavoz(dataDir: string): Refusal {
  return new Refusal(
    `another Altavoz is already using this data folder (${dataDir}): stop it first, or start this one with ` +
      'another DATA_DIR and another PORT.',
  )
}

/** The sentence for an operator, or undefined when the failure is a fault of the program. */
export function refusalFor(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message
  // node:net wraps the failures of every address it tried (127.0.0.1 and ::1) in one AggregateError.
  if (error instanceof AggregateError && error.errors.length > 0) return refusalFor(error.errors[0])
  if (!(error instanceof Error)) return undefined
  const failure = error as SystemError
  return sentenceOf(failure) ?? databaseSentence(failure) ?? refusalFor(error.cause)
}

function sentenceOf(failure: SystemError): string | undefined {
  switch (failure.code) {
    case 'EADDRINUSE':
      return `port ${failure.port} is taken by another program: stop that program, or set PORT to a free number.`
    case 'EADDRNOTAVAIL':
      return `this machine has no address ${failure.address}: set HOST to one that it has, such as 127.0.0.1.`
    case 'EACCES':
    case 'EPERM':
      return failure.syscall === 'listen' ? forbiddenPort(failure) : forbiddenPath(failure)
    case 'EROFS':
      return `the folder ${failure.path} is read-only: set DATA_DIR to a folder that this user may write to.`
    case 'ENOTDIR':
    case 'EEXIST':
      return failure.path && `${failure.path} is a file where a folder is needed: move it away, or set another DATA_DIR.`
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full: free some space where DATA_DIR lies, or set DATA_DIR to another disk, then start again.'
    case 'EMFILE':
    case 'ENFILE':
      return 'this machine allows too few open files: raise the limit with "ulimit -n 4096", then start again.'
    default:
      return undefined
  }
}

/** A missing file has the same code as a missing socket, and is a fault of the program: the system call tells them apart. */
function databaseSentence(failure: SystemError): string | undefined {
  const isOfNetwork = !failure.syscall || ['connect', 'getaddrinfo', 'read', 'write'].includes(failure.syscall)
  const refusal = isOfNetwork ? refusalOf(failure) : undefined
  return refusal instanceof Refusal ? refusal.message : undefined
}

function forbiddenPort(failure: SystemError) {
  return `this user may not listen on port ${failure.port}: set PORT to 1024 or more, and put a web server in front.`
}

function forbiddenPath(failure: SystemError) {
  if (!failure.path) return undefined
  return (
    `this user may not use ${failure.path}: it belongs to another user or cannot be written to; start as its owner, ` +
    'or set DATA_DIR to a folder of your own.'
  )
}
