import { auditCommands } from '#kernel/commands/audit-command.ts'
import { backupCommands } from '#kernel/commands/restore-commands.ts'
import { sweepJob } from '#kernel/blobs/server/sweep.ts'
import type { AnyCommand } from '#kernel/commands/command.ts'
import { doctor } from '#kernel/commands/doctor.ts'
import type { Room, RoomJob, Starter } from '#kernel/commands/room.ts'
import { siteCommands } from '#kernel/commands/site-commands.ts'
import { starterCommands } from '#kernel/commands/starter-command.ts'
import { renditionsJob } from '#kernel/pictures/server/renditions.ts'
import { pagesStarter } from '#kernel/site/server/starter.ts'
import { releaseCommand } from '#start/release-command.ts'
import { setupCommand } from '#start/setup/setup-command.ts'
import { media } from '#rooms/media/server/room.ts'
import { people } from '#rooms/people/server/room.ts'
import { menuPlaces } from './destinations.ts'
import { exportCommand } from './wiring/export-command.ts'
import { importCommand } from './wiring/import-command.ts'
import { callOffAllNaming, lockNaming } from '#rooms/media/server/withdrawal-actions.ts'
import { agreedCommand } from '#rooms/people/server/organisation-commands.ts'
import { signCommand } from './wiring/sign-command.ts'

/** The only list of rooms. */
const rooms: Room[] = [media, people]

const starters: Starter[] = [pagesStarter, ...rooms.flatMap((room) => room.starters ?? [])]

const jobs: RoomJob[] = [sweepJob, renditionsJob, ...rooms.flatMap((room) => room.jobs ?? [])]

export const wiring: { jobs: RoomJob[]; commands: AnyCommand[]; starters: Starter[] } = {
  jobs,
  commands: [setupCommand, importCommand, exportCommand, ...rooms.flatMap((room) => room.commands ?? []), signCommand, agreedCommand({ lock: lockNaming, end: callOffAllNaming }), ...siteCommands(menuPlaces), ...starterCommands(starters), doctor, ...auditCommands, ...backupCommands(jobs), releaseCommand],
  starters,
}
