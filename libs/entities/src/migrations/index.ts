import { Schema1795445130755 } from './1795445130755-schema';
import { KeyCheck1795445404173 } from './1795445404173-key-check';

/** Every migration, oldest first. */
export const migrations = [Schema1795445130755, KeyCheck1795445404173];
