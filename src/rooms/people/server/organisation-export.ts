import { takeOutBlobs } from '#kernel/blobs/server/exported-files.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { ExportWriter } from '#kernel/export/server/export-writer.ts'
import { written } from '#kernel/export/shapes.ts'
import { writeYaml } from '#kernel/export/yaml-text.ts'
import { listOrganisationIds, readOrganisation } from '#rooms/people/server/export-queries.ts'

/** One file an organisation, named by its address. @param onlyShown only those that agreed to be shown */
export async function takeOutOrganisations(out: ExportWriter, db: ReadDb, blobFolder: string, onlyShown: boolean): Promise<{ organisations: number }> {
  let organisations = 0
  for (let some = await listOrganisationIds(db, null, onlyShown); some.length > 0; some = await listOrganisationIds(db, some.at(-1)!.id, onlyShown)) {
    for (const { id } of some) {
      const organisation = await readOrganisation(db, id)
      await out.put(`organisations/${organisation.slug}.yaml`, writeYaml(written(organisation) as object))
      await takeOutBlobs(out, blobFolder, organisation.files)
      organisations++
    }
  }
  return { organisations }
}
