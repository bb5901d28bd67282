import type { Command } from '#kernel/commands/command.ts'
import type { Room, RoomJob, Starter } from '#kernel/commands/room.ts'
import { media } from '#rooms/media/server/room.ts'

/** The only list of rooms. */
const rooms: Room[] = [media]

export const wiring: { jobs: RoomJob[]; commands: Command[]; starters: Starter[] } = {
  jobs: rooms.flatMap((room) => room.jobs ?? []),
  commands: rooms.flatMap((room) => room.commands ?? []),
  starters: rooms.flatMap((room) => room.starters ?? []),
}
