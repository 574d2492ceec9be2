import type { ContainersService } from '@lxdm/api-client';

/** The parameters of the generated method, whatever the generator calls them. */
export type ListContainers = NonNullable<Parameters<ContainersService['listContainers']>[0]>;
