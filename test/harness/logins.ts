// The first messages of hosts and players.
/** The first message of a host, as the original game writes it. */
export function loginHost(code: string): string {
  return JSON.stringify({ action: 'login_server', server_code: code });
}

/** The first message of a player, as the original phone page writes it. */
export function loginPlayer(code: string, id: string): string {
  return JSON.stringify({ action: 'login_client', server_code: code, client_id: id });
}
