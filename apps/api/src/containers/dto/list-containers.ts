import { CONTAINER_STATUSES, ContainerStatus } from '@lxdm/domain';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { PageQuery } from '../../http/page-query';
import { BlankIsAbsent } from '../../http/query-text';

const SORTS = ['name', 'createdAt', 'status', 'host', 'project'] as const;

/** What a list of containers can be sorted by. */
export type ContainerSortKey = (typeof SORTS)[number];

const ORDERS = SORTS.flatMap((sort) => [sort, `-${sort}` as const]);

/** Which containers, in which order. */
export class ListContainers extends PageQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Text in the name, description, project, host or an address.' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  filter?: string;

  @ApiPropertyOptional({ enum: CONTAINER_STATUSES })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsIn(CONTAINER_STATUSES)
  status?: ContainerStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsUUID()
  projectId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsUUID()
  hostId?: string;

  @ApiPropertyOptional({ enum: ORDERS, default: 'name', description: 'With "-" in front: descending.' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsIn(ORDERS)
  sort?: (typeof ORDERS)[number];
}
