import { GitlabServer } from './gitlab/gitlab-server';
import type { StandInIntroduction } from './gitlab/gitlab-stand-in';
import type { StandInOptions } from './gitlab/stand-in-settings';

/** GITLAB_STAND_IN holds the options as JSON; the introduction is printed as one line of JSON. */
async function main(): Promise<void> {
  const options = JSON.parse(process.env['GITLAB_STAND_IN'] ?? '{}') as StandInOptions;
  const server = await GitlabServer.listen(options);
  const { issuer, clientId, clientSecret, apiToken, hookToken, controlKey } = server.settings;
  const introduction: StandInIntroduction = {
    url: `${issuer}/`,
    clientId,
    clientSecret,
    apiToken,
    hookToken,
    controlKey,
  };
  // Whoever set the secrets knows them: a log is no place for them.
  const told = process.argv.includes('--with-parent') ? introduction : { url: introduction.url };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  const end = (): void => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // The parent has gone, and with it the reason to live.
  if (process.argv.includes('--with-parent')) process.stdin.once('end', end).resume();
}

void main();
