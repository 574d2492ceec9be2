import { Schema1795445130755 } from './1795445130755-schema';

/** Every migration, oldest first. */
export const migrations = [Schema1795445130755];
