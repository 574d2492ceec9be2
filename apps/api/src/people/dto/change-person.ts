import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

/** Lets somebody in, or keeps them out. */
export class ChangeStanding {
  @ApiProperty({ enum: ['active', 'blocked'] })
  @IsIn(['active', 'blocked'], { message: 'A standing is "active" or "blocked".' })
  standing!: 'active' | 'blocked';

  @ApiPropertyOptional({ maxLength: 500, description: 'Why; it is shown with the person and in the audit log.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

/** Makes somebody an admin, or takes it back. */
export class ChangeAdmin {
  @ApiProperty()
  @IsBoolean()
  isAdmin!: boolean;

  @ApiPropertyOptional({ maxLength: 500, description: 'Why; it is shown in the audit log.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(500)
  reason?: string;
}
