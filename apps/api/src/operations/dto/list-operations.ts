import { OPERATION_STATUSES, OperationStatus } from '@lxdm/domain';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { PageQuery } from '../../http/page-query';
import { BlankIsAbsent } from '../../http/query-text';

/** Which operations. */
export class ListOperations extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsUUID()
  targetId?: string;

  @ApiPropertyOptional({ enum: OPERATION_STATUSES })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsIn(OPERATION_STATUSES)
  status?: OperationStatus;
}
