import { expect, test } from 'vitest'
import { deskStanding } from '#rooms/media/desk-standing.ts'

const text = (publicRevisionId: string | null = null, waitingRevisionId: string | null = null, isWithdrawn = false) => ({ revisionId: '2', publicRevisionId, waitingRevisionId, isWithdrawn })

test('a text is said to stand as readers have it', () => {
  expect([undefined, text(), text('2'), text('1'), text('1', '2'), text(null, '2'), text(null, null, true)].map(deskStanding))
    .toEqual(['none', 'draft', 'public', 'changed', 'waiting', 'waiting', 'withdrawn'])
})
