import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

/** A new password. */
export class ChangePassword {
  @ApiPropertyOptional({ maxLength: 1024, format: 'password', description: 'The present one, for who has one.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(1024)
  current?: string;

  @ApiProperty({ minLength: 10, maxLength: 1024, format: 'password' })
  @IsString()
  @MaxLength(1024)
  password!: string;
}
