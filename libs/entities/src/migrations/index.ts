import { Schema1795445130755 } from './1795445130755-schema';
import { KeyCheck1795445404173 } from './1795445404173-key-check';
import { People1795457470364 } from './1795457470364-people';
import { SignIn1795458103661 } from './1795458103661-sign-in';
import { GitlabSync1795458400000 } from './1795458400000-gitlab-sync';
import { Boots1795459509211 } from './1795459509211-boots';
import { PlacedInAccounts1795467272168 } from './1795467272168-placed-in-accounts';
import { Zones1795471552868 } from './1795471552868-zones';

/** Every migration, oldest first. */
export const migrations = [
  Schema1795445130755,
  KeyCheck1795445404173,
  People1795457470364,
  SignIn1795458103661,
  GitlabSync1795458400000,
  Boots1795459509211,
  PlacedInAccounts1795467272168,
  Zones1795471552868,
];
