import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** A name and a password. */
export class SignIn {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @IsNotEmpty({ message: 'Enter your username.' })
  @MaxLength(100)
  username!: string;

  @ApiProperty({ minLength: 1, maxLength: 1024, format: 'password' })
  @IsString()
  @IsNotEmpty({ message: 'Enter your password.' })
  @MaxLength(1024)
  password!: string;
}
