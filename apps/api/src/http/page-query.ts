import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { MayBeAbsent } from './may-be-absent';
import { QueryNumber } from './query-text';

/** Which page of a list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 })
  @QueryNumber()
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page: number = 1;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: 50 })
  @QueryNumber()
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1000)
  pageSize: number = 50;
}

/** How many rows lie before a page. */
export function offsetOf(query: PageQuery): number {
  return (query.page - 1) * query.pageSize;
}
