/**
 * The SQL assignments that note a boot and date it; `seen` is an expression of the boot, null while the container does not run, and `c`
 * the row. One that was known to run before boots were noted has booted at a time that nobody knows.
 */
export const noteBoot = (seen: string): string =>
  `booted_at = CASE WHEN ${seen} IS NULL OR ${seen} = c.observed_boot OR (c.observed_boot IS NULL AND c.observed_status = 'Running')
    THEN c.booted_at ELSE clock_timestamp() END, observed_boot = coalesce(${seen}, c.observed_boot)`;
