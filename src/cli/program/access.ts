import { Argument, type Command, Option } from 'commander';
import type { MemberAddOptions, Role } from '../commands/member.ts';
import type { TokenCreateOptions } from '../commands/token.ts';
import type { WorkspaceCreateOptions, WorkspaceSetOptions } from '../commands/workspace.ts';
import { example, type Registrar } from './registrar.ts';

const roles = ['viewer', 'editor', 'admin'];
const scopes = ['read', 'write', 'sync', 'credentials', 'admin'];

/** member, token, workspace, user: who may do what. */
export function registerAccess(program: Command, registrar: Registrar): void {
  registerMember(program, registrar);
  registerToken(program, registrar);
  registerWorkspace(program, registrar);
  registerUser(program, registrar);
}

function registerMember(program: Command, { act }: Registrar): void {
  const member = program.command('member').description('the people of this workspace, and their roles');
  example(
    member
      .command('add')
      .description('add somebody; prints the link by which they set their password')
      .requiredOption('--email <address>', 'what they sign in with')
      .requiredOption('--name <name>', 'as people call them')
      .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory()),
    'tidemark member add --email mei@example.com --name Mei --role editor',
  ).action((options: MemberAddOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/member.ts')).memberAddCommand(context, options),
    ),
  );
  example(member.command('list').description('list the members'), 'tidemark member list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/member.ts')).memberListCommand(context)),
  );
  example(
    member
      .command('role')
      .description('change what a member may do')
      .argument('<member>', 'e-mail address or id')
      .addArgument(new Argument('<role>', 'viewer, editor or admin').choices(roles)),
    'tidemark member role mei@example.com admin',
  ).action((who: string, role: Role, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/member.ts')).memberRoleCommand(context, who, role),
    ),
  );
  example(
    member
      .command('invite')
      .description('print a new link for somebody who has not set a password yet')
      .argument('<member>', 'e-mail address or id'),
    'tidemark member invite mei@example.com',
  ).action((who: string, _options: unknown, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/member.ts')).memberInviteCommand(context, who),
    ),
  );
  example(
    member
      .command('remove')
      .description('end a membership, with all its sessions and tokens')
      .argument('<member>', 'e-mail address or id')
      .option('--yes', 'really'),
    'tidemark member remove mei@example.com --yes',
  ).action((who: string, options: { yes?: boolean }, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/member.ts')).memberRemoveCommand(context, who, options),
    ),
  );
}

function registerToken(program: Command, { act }: Registrar): void {
  const token = program
    .command('token')
    .description('API tokens of your own, for scripts and other machines');
  example(
    token
      .command('create')
      .description('make a token; it is printed this once')
      .requiredOption('--name <name>', 'what it is for')
      .addOption(new Option('--scope <scopes...>', 'what it may do').choices(scopes).makeOptionMandatory())
      .option('--days <number>', 'how long it works, up to 366 (default 90)'),
    'tidemark token create --name ci --scope read sync --days 30',
  ).action((options: TokenCreateOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/token.ts')).tokenCreateCommand(context, options),
    ),
  );
  example(token.command('list').description('list your tokens'), 'tidemark token list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) => (await import('../commands/token.ts')).tokenListCommand(context)),
  );
  example(
    token.command('revoke').description('end a token at once').argument('<id>', 'id of a token'),
    'tidemark token revoke tok_0123',
  ).action((id: string, _options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/token.ts')).tokenRevokeCommand(context, id)),
  );
}

function registerWorkspace(program: Command, { act }: Registrar): void {
  const workspace = program
    .command('workspace')
    .description('workspaces: each sees its own rows and no others');
  example(workspace.command('list').description('list your workspaces'), 'tidemark workspace list').action(
    (_options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/workspace.ts')).workspaceListCommand(context),
      ),
  );
  example(
    workspace.command('show').description('show the one that you work in, and what you may do there'),
    'tidemark workspace show',
  ).action((_options: unknown, command: Command) =>
    act(command, async (context) => (await import('../commands/workspace.ts')).workspaceShowCommand(context)),
  );
  example(
    workspace
      .command('update')
      .description('change its name or its time zone')
      .option('--name <name>', 'what it is called')
      .option('--time-zone <zone>', 'zone of its days, such as Europe/Berlin'),
    'tidemark workspace update --time-zone Europe/Berlin',
  ).action((options: WorkspaceSetOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/workspace.ts')).workspaceUpdateCommand(context, options),
    ),
  );
  example(
    workspace
      .command('create')
      .description('make another workspace, with its first admin')
      .requiredOption('--name <name>', 'what it is called')
      .requiredOption('--time-zone <zone>', 'zone of its days, such as Europe/Berlin')
      .requiredOption('--admin-email <address>', 'what its first admin signs in with')
      .requiredOption('--admin-name <name>', 'as people call them'),
    'tidemark workspace create --name Beta --time-zone UTC --admin-email ana@example.com --admin-name Ana',
  ).action((options: WorkspaceCreateOptions, command: Command) =>
    act(command, async (context) =>
      (await import('../commands/workspace.ts')).workspaceCreateCommand(context, options),
    ),
  );
}

function registerUser(program: Command, { act }: Registrar): void {
  const user = program
    .command('user')
    .description('accounts of people; for whoever runs Tidemark, on its own database');
  const named = (name: string, description: string) =>
    example(
      user.command(name).description(description).argument('<email>', 'what they sign in with'),
      `tidemark user ${name} mei@example.com`,
    );
  named('reset-password', 'print a link by which somebody sets a new password').action(
    (email: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/user.ts')).resetPasswordCommand(context, email),
      ),
  );
  for (const verb of ['disable', 'enable'] as const) {
    named(
      verb,
      verb === 'disable'
        ? 'end all sessions and tokens of an account, and let it open none'
        : 'let it sign in again',
    ).action((email: string, _options: unknown, command: Command) =>
      act(command, async (context) =>
        (await import('../commands/user.ts')).switchUserCommand(context, email, verb === 'disable'),
      ),
    );
  }
}
