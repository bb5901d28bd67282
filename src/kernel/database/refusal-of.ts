import { isConnectionLoss } from '#kernel/database/connection-loss.ts'
import { Refusal } from '#kernel/database/refusal.ts'

const SENTENCES: Record<string, string> = {
  '53100': 'The disk is full: the database cannot write. Free some space and start again.',
  ENOSPC: 'The disk is full: the database cannot write. Free some space and start again.',
  '53300': 'The database server has no free connection left. Raise its max_connections, or stop other programs.',
  '28P01': 'The database refuses the password. Correct DATABASE_URL.',
  '28000': 'The database refuses this user. Correct DATABASE_URL, or the server\'s pg_hba.conf.',
  '3D000': 'The database named in DATABASE_URL does not exist. Create it: createdb --encoding=UTF8 --template=template0 NAME.',
  '42501': 'The database user may not create tables. Make it the owner of the database named in DATABASE_URL.',
}

/** The sentence for an operator that an error of the database stands for, or the error itself when it is no such. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const sentence = SENTENCES[String((error as { code?: unknown })?.code)]
  if (sentence) return new Refusal(sentence, { cause: error })
  if (isConnectionLoss(error)) {
    return new Refusal(
      `The database cannot be reached (${(error as Error).message || (error as { code?: string }).code}). ` +
        'Check that it runs and that DATABASE_URL is right.',
      { cause: error },
    )
  }
  return error
}
