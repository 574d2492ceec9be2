import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

/** The proof that the admin is still the one at the keyboard. */
export class StartSudo {
  @ApiPropertyOptional({
    maxLength: 1024,
    format: 'password',
    description: 'The password; who has none signs in by GitLab again instead.',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(1024)
  password?: string;
}
