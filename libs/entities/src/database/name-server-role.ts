/** The name server's role: it may read what the zones are made of, and write what dynamic updates and its own observations need. */
export interface ReaderRole {
  name: string;
  password: string;
}

type Query = (sql: string, parameters?: unknown[]) => Promise<unknown>;

/** What the role may do: everything else is taken away, also what an earlier version had given. */
const GRANTS: readonly string[] = [
  'SELECT ON zones, zone_journal, zone_records, zone_keys, tsig_keys, secondaries, changes, containers, addresses',
  'SELECT (id, owner, zone, type) ON dynamic_entries',
  'SELECT (id, title) ON static_entries',
  'SELECT (container_id, type, public_key) ON ssh_host_keys',
  // Dynamic updates (RFC 2136), with what every change of a zone writes down.
  'INSERT, DELETE ON zone_records',
  'UPDATE (serial) ON zones',
  'INSERT ON zone_journal, changes, audit_events',
  'UPDATE (last_used_at) ON tsig_keys',
  'UPDATE (notified_serial, notified_at, transferred_serial, transferred_at, error) ON secondaries',
];

/** The counters of the rows that it adds. */
const COUNTED: readonly [table: string, column: string][] = [
  ['zone_journal', 'id'],
  ['changes', 'seq'],
  ['audit_events', 'seq'],
];

/**
 * Rules for rows, where a whole table is too much: texts of admins stay what they are, and whoever breaks into the name server
 * cannot write down acts of other means. They bind this role only; the rule for all others is that there is none.
 */
const POLICIES: readonly { table: string; name: string; rule: string }[] = [
  { table: 'zone_records', name: 'dns_adds', rule: `FOR INSERT TO %1$I WITH CHECK (source = 'update')` },
  { table: 'zone_records', name: 'dns_removes', rule: `FOR DELETE TO %1$I USING (source <> 'static')` },
  { table: 'audit_events', name: 'dns_tells', rule: `FOR INSERT TO %1$I WITH CHECK (means = 'dns')` },
  { table: 'changes', name: 'dns_announces', rule: `FOR INSERT TO %1$I WITH CHECK (kind = 'zone')` },
];

/** Makes the role or gives it its password, and lets it do exactly what it needs. */
export async function grantReader(query: Query, reader: ReaderRole): Promise<void> {
  // Role names and passwords cannot be parameters of DDL: format() quotes them in the database itself.
  await query(`SELECT set_config('lxdm.reader', $1, false), set_config('lxdm.reader_password', $2, false)`, [
    reader.name,
    reader.password,
  ]);
  await query(`DO $$ DECLARE r text := current_setting('lxdm.reader'); BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) THEN EXECUTE format('CREATE ROLE %I LOGIN', r); END IF;
    EXECUTE format('ALTER ROLE %I WITH LOGIN PASSWORD %L', r, current_setting('lxdm.reader_password'));
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', r);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', r);
  END $$`);
  await query(`SELECT set_config('lxdm.reader_password', '', false)`);
  for (const grant of GRANTS) await forReader(query, `GRANT ${grant} TO %1$I`);
  for (const [table, column] of COUNTED)
    await forReader(query, `GRANT USAGE ON SEQUENCE %2$s TO %1$I`, `pg_get_serial_sequence('${table}', '${column}')`);
  for (const table of new Set(POLICIES.map((policy) => policy.table))) {
    await query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
    await query(`DROP POLICY IF EXISTS everybody ON ${table}`);
    await query(`CREATE POLICY everybody ON ${table} USING (true) WITH CHECK (true)`);
  }
  for (const { table, name, rule } of POLICIES) {
    await query(`DROP POLICY IF EXISTS ${name} ON ${table}`);
    await forReader(query, `CREATE POLICY ${name} ON ${table} AS RESTRICTIVE ${rule}`);
  }
}

async function forReader(query: Query, statement: string, second = `''`): Promise<void> {
  const quoted = statement.replace(/'/g, "''");
  await query(`DO $$ BEGIN EXECUTE format('${quoted}', current_setting('lxdm.reader'), ${second}); END $$`);
}
