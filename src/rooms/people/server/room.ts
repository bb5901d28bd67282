import type { Room } from '#kernel/commands/room.ts'
import { entryLinkCommands } from '#rooms/people/server/entry-link-commands.ts'
import { mailJobs } from '#rooms/people/server/jobs.ts'
import { organisationCommands } from '#rooms/people/server/organisation-commands.ts'
import { recognitionCommands } from '#rooms/people/server/recognition-commands.ts'

export const people: Room = { name: 'people', jobs: mailJobs, commands: [...entryLinkCommands, ...organisationCommands, ...recognitionCommands] }
