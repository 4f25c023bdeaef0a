"""Independent client of the rigid bodies in Python: checks docs/live.md over real sockets.

    python tests/python/client_live.py target/debug/mlipview [--long] [WORD …]

Starts `mlipview serve` for each check. Numbers at the end of function names are those of the statements. `--long`
also runs 30 s in real time; with words only checks whose name has one of them run.
"""

import sys

from live import command_checks, frame_checks, packing_checks, setup_checks
from live.connection import Server

LIMITS = ["--live-bodies", "5", "--live-duration", "2", "--live-min-timestep", "5", "--live-message-bytes", "4096"]
CHECKS = [
    (setup_checks.assets_have_names_and_identifiers_that_stay_1, []),
    (setup_checks.the_page_and_the_health_are_served_2, []),
    (setup_checks.bodies_have_defaults_3, []),
    (setup_checks.orientations_are_pitch_roll_and_yaw_in_radians_3, []),
    (setup_checks.the_first_message_configures_4, []),
    (setup_checks.an_unknown_asset_is_an_error_5, []),
    (setup_checks.a_wrong_field_is_an_error_with_its_name_6, []),
    (setup_checks.the_metadata_have_bodies_in_order_and_assets_once_7, []),
    (setup_checks.a_start_has_defaults_and_a_positive_timestep_8, []),
    (setup_checks.a_stop_before_the_start_completes_9, []),
    (frame_checks.frames_are_at_all_times_to_the_end_10, []),
    (frame_checks.a_frame_has_all_fields_10, []),
    (frame_checks.a_ball_bounces_to_the_square_of_its_restitution_3_10, []),
    (frame_checks.bodies_of_the_environment_are_in_the_states_and_rest_11, []),
    (frame_checks.frames_come_in_real_time_12, []),
    (frame_checks.a_stop_ends_a_run_13, []),
    (frame_checks.a_disconnect_frees_the_engine_14_18, ["--live-connections", "2"]),
    (frame_checks.an_engine_does_not_block_others_15, []),
    (frame_checks.an_engine_ends_with_its_connection_14, []),
    (frame_checks.nothing_is_kept_across_connections_16_19, []),
    (command_checks.the_page_has_all_controls_17, []),
    (command_checks.a_limit_that_is_exceeded_is_named_18, LIMITS),
    (command_checks.tokens_and_origins_are_checked_18, []),
    (command_checks.gravity_is_that_of_the_configuration_19, []),
    (command_checks.there_is_no_gravity_in_angstroms_19, []),
    (command_checks.a_cell_is_periodic_19, []),
    (command_checks.a_body_is_grabbed_moved_and_released_20, []),
    (command_checks.bodies_are_spawned_while_running_20, []),
    (command_checks.a_command_that_fails_is_answered_and_the_run_goes_on_20, []),
    (command_checks.a_slow_reader_gets_the_newest_frame_21, []),
    (command_checks.every_frame_is_kept_for_a_bounded_time_21, []),
    (packing_checks.molecules_are_packed_22, []),
    (packing_checks.a_wrong_packing_is_an_error_22, []),
]
LONG = [(frame_checks.thirty_seconds_take_thirty_seconds_10_12, [])]

if __name__ == "__main__":
    binary, *words = sys.argv[1:]
    is_long = "--long" in words
    words = [word for word in words if word != "--long"]
    for check, options in CHECKS + (LONG if is_long else []):
        name = check.__name__.replace("_", " ")
        if words and not any(word in name for word in words):
            continue
        with Server(binary, *options) as running_server:
            check(running_server)
        print("ok:", name, flush=True)
