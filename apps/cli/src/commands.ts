import type { Command } from './command';
import { containerList } from './containers/container-list.command';
import { hostList } from './hosts/host-list.command';
import { migrateCommand } from './migrate/migrate.command';
import { operationList } from './operations/operation-list.command';
import { setup } from './setup/setup.command';
import { createSuperuser } from './users/createsuperuser.command';
import { userList } from './users/user-list.command';
import { userBlock, userUnblock } from './users/user-standing.commands';
import { zoneCheck } from './zones/zone-check.command';
import { zoneExport } from './zones/zone-export.command';
import { zoneImport } from './zones/zone-import.command';
import { zoneTrace } from './zones/zone-trace.command';

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  setup,
  migrateCommand,
  createSuperuser,
  userList,
  userBlock,
  userUnblock,
  hostList,
  containerList,
  operationList,
  zoneImport,
  zoneExport,
  zoneCheck,
  zoneTrace,
];
