import type { Room } from '#kernel/commands/room.ts'
import { commands } from '#rooms/media/server/commands.ts'
import { starter } from '#rooms/media/server/starter.ts'
import { sweepUploadJob } from '#rooms/media/server/sweep-upload.ts'

export const media: Room = { name: 'media', jobs: [sweepUploadJob], commands, starters: [starter] }
