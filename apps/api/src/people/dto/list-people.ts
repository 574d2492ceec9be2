import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { PageQuery } from '../../http/page-query';
import { BlankIsAbsent } from '../../http/query-text';

/** Which people. */
export class ListPeople extends PageQuery {
  @ApiPropertyOptional({ enum: ['active', 'waiting', 'blocked'] })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsIn(['active', 'waiting', 'blocked'])
  standing?: 'active' | 'waiting' | 'blocked';

  @ApiPropertyOptional({ maxLength: 100, description: 'In names, without regard to case.' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(100)
  filter?: string;
}

/** Whom to look for. */
export class SearchPeople {
  @ApiProperty({ minLength: 2, maxLength: 100, description: 'How the name begins.' })
  @IsString()
  @Length(2, 100, { message: 'Give at least two characters of the name.' })
  name!: string;
}
