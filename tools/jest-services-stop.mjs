// @ts-check
/** jest's globalTeardown for integration tests. */
import { folderVariable } from './jest-services.mjs';
import { tellWhatIsLeftOpen } from './left-open.mjs';
import { servicesDown } from './services/throw-away.mjs';

export default async function stop() {
  const dir = process.env[folderVariable];
  if (dir) await servicesDown(dir);
  tellWhatIsLeftOpen();
}
