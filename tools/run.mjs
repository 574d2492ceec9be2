// @ts-check
// The entry of every npm script. It runs on a machine that has nothing but Node and npm, maybe an old Node: so no syntax here that an old
// Node cannot read, and everything else is loaded only after the version was checked.
const wanted = '20.19';

if (process.versions.node.localeCompare(wanted, 'en', { numeric: true }) < 0) {
  console.error(
    'LXD Manager needs Node.js ' +
      wanted +
      ' or newer; this is ' +
      process.versions.node +
      ' (' +
      process.execPath +
      '). Install a newer one, e.g. from https://nodejs.org.',
  );
  process.exitCode = 1;
} else {
  import('./commands.mjs')
    .then(function (commands) {
      return commands.run(process.argv.slice(2));
    })
    .catch(function (error) {
      console.error('\n' + (error && error.expected ? error.message : (error && error.stack) || error));
      process.exit(1);
    });
}
