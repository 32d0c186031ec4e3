// Made by `deskpipe types database`; a test compares it.

/** Any JSON value. */
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      agent_profiles: {
        Row: {
          clerk_user_id: string;
          created_at: string;
          deactivated_at: string | null;
          email: string | null;
          id: string;
          name: string;
          organization_id: string;
          role: string;
          settings: Json;
          status: string;
          updated_at: string;
          version: number;
        };
        Insert: {
          clerk_user_id: string;
          created_at?: string;
          deactivated_at?: string | null;
          email?: string | null;
          id?: string;
          name: string;
          organization_id: string;
          role?: string;
          settings?: Json;
          status?: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          clerk_user_id?: string;
          created_at?: string;
          deactivated_at?: string | null;
          email?: string | null;
          id?: string;
          name?: string;
          organization_id?: string;
          role?: string;
          settings?: Json;
          status?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "agent_profiles_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      customer_field_values: {
        Row: {
          created_at: string;
          customer_id: string;
          field_id: string;
          id: string;
          organization_id: string;
          updated_at: string;
          value: string;
          version: number;
        };
        Insert: {
          created_at?: string;
          customer_id: string;
          field_id: string;
          id?: string;
          organization_id?: string;
          updated_at?: string;
          value: string;
          version?: number;
        };
        Update: {
          created_at?: string;
          customer_id?: string;
          field_id?: string;
          id?: string;
          organization_id?: string;
          updated_at?: string;
          value?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "customer_field_values_customer_fkey";
            columns: ["organization_id", "customer_id"];
            isOneToOne: false;
            referencedRelation: "customers";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "customer_field_values_field_fkey";
            columns: ["organization_id", "field_id"];
            isOneToOne: false;
            referencedRelation: "customer_fields";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "customer_field_values_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      customer_fields: {
        Row: {
          created_at: string;
          default_value: Json | null;
          description: string | null;
          field_name: string;
          field_type: Database["public"]["Enums"]["field_type"];
          id: string;
          is_required: boolean;
          label: string | null;
          maximum: Json | null;
          minimum: Json | null;
          options: Json | null;
          organization_id: string;
          pattern: string | null;
          position: number;
          retired_options: Json | null;
          updated_at: string;
          version: number;
        };
        Insert: {
          created_at?: string;
          default_value?: Json | null;
          description?: string | null;
          field_name: string;
          field_type: Database["public"]["Enums"]["field_type"];
          id?: string;
          is_required?: boolean;
          label?: string | null;
          maximum?: Json | null;
          minimum?: Json | null;
          options?: Json | null;
          organization_id?: string;
          pattern?: string | null;
          position?: number;
          retired_options?: Json | null;
          updated_at?: string;
          version?: number;
        };
        Update: {
          created_at?: string;
          default_value?: Json | null;
          description?: string | null;
          field_name?: string;
          field_type?: Database["public"]["Enums"]["field_type"];
          id?: string;
          is_required?: boolean;
          label?: string | null;
          maximum?: Json | null;
          minimum?: Json | null;
          options?: Json | null;
          organization_id?: string;
          pattern?: string | null;
          position?: number;
          retired_options?: Json | null;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "customer_fields_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      customers: {
        Row: {
          block_reason: string | null;
          blocked_at: string | null;
          blocked_by: string | null;
          created_at: string;
          deleted_at: string | null;
          deleted_by: string | null;
          email: string | null;
          erased_at: string | null;
          id: string;
          merged_into: string | null;
          metadata: Json;
          name: string;
          organization_id: string;
          search: unknown | null;
          updated_at: string;
          version: number;
        };
        Insert: {
          block_reason?: string | null;
          blocked_at?: string | null;
          blocked_by?: string | null;
          created_at?: string;
          deleted_at?: string | null;
          deleted_by?: string | null;
          email?: string | null;
          erased_at?: string | null;
          id?: string;
          merged_into?: string | null;
          metadata?: Json;
          name: string;
          organization_id?: string;
          search?: unknown | null;
          updated_at?: string;
          version?: number;
        };
        Update: {
          block_reason?: string | null;
          blocked_at?: string | null;
          blocked_by?: string | null;
          created_at?: string;
          deleted_at?: string | null;
          deleted_by?: string | null;
          email?: string | null;
          erased_at?: string | null;
          id?: string;
          merged_into?: string | null;
          metadata?: Json;
          name?: string;
          organization_id?: string;
          search?: unknown | null;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "customers_blocked_by_fkey";
            columns: ["organization_id", "blocked_by"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "customers_deleted_by_fkey";
            columns: ["organization_id", "deleted_by"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "customers_merged_into_fkey";
            columns: ["organization_id", "merged_into"];
            isOneToOne: false;
            referencedRelation: "customers";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "customers_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      email_accounts: {
        Row: {
          created_at: string;
          email_address: string;
          has_imap_password: boolean;
          has_smtp_password: boolean;
          id: string;
          imap_settings: Json;
          is_active: boolean;
          organization_id: string;
          smtp_settings: Json;
          updated_at: string;
          version: number;
        };
        Insert: {
          created_at?: string;
          email_address: string;
          has_imap_password?: boolean;
          has_smtp_password?: boolean;
          id?: string;
          imap_settings?: Json;
          is_active?: boolean;
          organization_id?: string;
          smtp_settings?: Json;
          updated_at?: string;
          version?: number;
        };
        Update: {
          created_at?: string;
          email_address?: string;
          has_imap_password?: boolean;
          has_smtp_password?: boolean;
          id?: string;
          imap_settings?: Json;
          is_active?: boolean;
          organization_id?: string;
          smtp_settings?: Json;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "email_accounts_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      macros: {
        Row: {
          actions: Json;
          body: string | null;
          created_at: string;
          created_by: string | null;
          deleted_at: string | null;
          deleted_by: string | null;
          id: string;
          metadata: Json;
          organization_id: string;
          title: string;
          updated_at: string;
          version: number;
          visibility: string;
        };
        Insert: {
          actions?: Json;
          body?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          deleted_by?: string | null;
          id?: string;
          metadata?: Json;
          organization_id?: string;
          title: string;
          updated_at?: string;
          version?: number;
          visibility?: string;
        };
        Update: {
          actions?: Json;
          body?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          deleted_by?: string | null;
          id?: string;
          metadata?: Json;
          organization_id?: string;
          title?: string;
          updated_at?: string;
          version?: number;
          visibility?: string;
        };
        Relationships: [
          {
            foreignKeyName: "macros_created_by_fkey";
            columns: ["organization_id", "created_by"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "macros_deleted_by_fkey";
            columns: ["organization_id", "deleted_by"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "macros_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      organizations: {
        Row: {
          business_hours: Json | null;
          clerk_id: string;
          close_after_days: number | null;
          created_at: string;
          holidays: string[];
          id: string;
          keep_closed_days: number | null;
          keep_deleted_days: number;
          name: string;
          reopen_days: number | null;
          search_language: string;
          settings: Json;
          support_email: string | null;
          time_zone: string;
          updated_at: string;
          version: number;
        };
        Insert: {
          business_hours?: Json | null;
          clerk_id: string;
          close_after_days?: number | null;
          created_at?: string;
          holidays?: string[];
          id?: string;
          keep_closed_days?: number | null;
          keep_deleted_days?: number;
          name: string;
          reopen_days?: number | null;
          search_language?: string;
          settings?: Json;
          support_email?: string | null;
          time_zone?: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          business_hours?: Json | null;
          clerk_id?: string;
          close_after_days?: number | null;
          created_at?: string;
          holidays?: string[];
          id?: string;
          keep_closed_days?: number | null;
          keep_deleted_days?: number;
          name?: string;
          reopen_days?: number | null;
          search_language?: string;
          settings?: Json;
          support_email?: string | null;
          time_zone?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
        ];
      };
      tags: {
        Row: {
          created_at: string;
          id: string;
          name: string;
          organization_id: string;
          updated_at: string;
          version: number;
        };
        Insert: {
          created_at?: string;
          id?: string;
          name: string;
          organization_id?: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          created_at?: string;
          id?: string;
          name?: string;
          organization_id?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "tags_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
        ];
      };
      ticket_messages: {
        Row: {
          body: string;
          created_at: string;
          deleted_at: string | null;
          deleted_by: string | null;
          delivery_error: string | null;
          delivery_status: string;
          delivery_updated_at: string | null;
          email_message_id: string | null;
          id: string;
          in_reply_to: string | null;
          is_automatic: boolean;
          is_internal: boolean;
          merge_path: string[] | null;
          metadata: Json;
          organization_id: string;
          sender_agent_id: string | null;
          sender_customer_id: string | null;
          sender_id: string | null;
          sender_path: string[] | null;
          sender_type: Database["public"]["Enums"]["sender_type"];
          ticket_id: string;
          updated_at: string;
          version: number;
        };
        Insert: {
          body: string;
          created_at?: string;
          deleted_at?: string | null;
          deleted_by?: string | null;
          delivery_error?: string | null;
          delivery_status?: string;
          delivery_updated_at?: string | null;
          email_message_id?: string | null;
          id?: string;
          in_reply_to?: string | null;
          is_automatic?: boolean;
          is_internal?: boolean;
          merge_path?: string[] | null;
          metadata?: Json;
          organization_id?: string;
          sender_agent_id?: never;
          sender_customer_id?: never;
          sender_id?: string | null;
          sender_path?: string[] | null;
          sender_type: Database["public"]["Enums"]["sender_type"];
          ticket_id: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          body?: string;
          created_at?: string;
          deleted_at?: string | null;
          deleted_by?: string | null;
          delivery_error?: string | null;
          delivery_status?: string;
          delivery_updated_at?: string | null;
          email_message_id?: string | null;
          id?: string;
          in_reply_to?: string | null;
          is_automatic?: boolean;
          is_internal?: boolean;
          merge_path?: string[] | null;
          metadata?: Json;
          organization_id?: string;
          sender_agent_id?: never;
          sender_customer_id?: never;
          sender_id?: string | null;
          sender_path?: string[] | null;
          sender_type?: Database["public"]["Enums"]["sender_type"];
          ticket_id?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "ticket_messages_deleted_by_fkey";
            columns: ["organization_id", "deleted_by"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "ticket_messages_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_messages_sender_agent_fkey";
            columns: ["organization_id", "sender_agent_id"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "ticket_messages_sender_customer_fkey";
            columns: ["organization_id", "sender_customer_id"];
            isOneToOne: false;
            referencedRelation: "customers";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "ticket_messages_ticket_fkey";
            columns: ["organization_id", "ticket_id"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["organization_id", "id"];
          },
        ];
      };
      ticket_views: {
        Row: {
          columns: Json;
          created_at: string;
          id: string;
          is_descending: boolean;
          is_shared: boolean;
          name: string;
          organization_id: string;
          owner_id: string;
          query: string;
          sort: string;
          updated_at: string;
          version: number;
        };
        Insert: {
          columns?: Json;
          created_at?: string;
          id?: string;
          is_descending?: boolean;
          is_shared?: boolean;
          name: string;
          organization_id?: string;
          owner_id?: string;
          query?: string;
          sort?: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          columns?: Json;
          created_at?: string;
          id?: string;
          is_descending?: boolean;
          is_shared?: boolean;
          name?: string;
          organization_id?: string;
          owner_id?: string;
          query?: string;
          sort?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "ticket_views_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_views_owner_fkey";
            columns: ["organization_id", "owner_id"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
        ];
      };
      tickets: {
        Row: {
          assigned_to: string | null;
          closed_at: string | null;
          created_at: string;
          customer_id: string;
          customer_path: string[] | null;
          deleted_at: string | null;
          deleted_by: string | null;
          deleted_with: string | null;
          first_reply_at: string | null;
          first_solved_at: string | null;
          follow_up_of: string | null;
          follower_ids: string[];
          id: string;
          keep_snoozed: boolean;
          last_activity_at: string;
          last_reply_at: string | null;
          last_solved_at: string | null;
          merged_into: string | null;
          message_count: number;
          metadata: Json;
          number: number;
          organization_id: string;
          priority: Database["public"]["Enums"]["ticket_priority"];
          priority_rank: number;
          reopen_count: number;
          reply_count: number;
          snoozed_until: string | null;
          split_from: string | null;
          status: Database["public"]["Enums"]["ticket_status"];
          status_code: string;
          subject: string;
          tags: string[];
          updated_at: string;
          version: number;
          waiting_since: string | null;
        };
        Insert: {
          assigned_to?: string | null;
          closed_at?: string | null;
          created_at?: string;
          customer_id: string;
          customer_path?: string[] | null;
          deleted_at?: string | null;
          deleted_by?: string | null;
          deleted_with?: string | null;
          first_reply_at?: string | null;
          first_solved_at?: string | null;
          follow_up_of?: string | null;
          follower_ids?: string[];
          id?: string;
          keep_snoozed?: boolean;
          last_activity_at?: string;
          last_reply_at?: string | null;
          last_solved_at?: string | null;
          merged_into?: string | null;
          message_count?: number;
          metadata?: Json;
          number: number;
          organization_id?: string;
          priority?: Database["public"]["Enums"]["ticket_priority"];
          priority_rank?: never;
          reopen_count?: number;
          reply_count?: number;
          snoozed_until?: string | null;
          split_from?: string | null;
          status?: Database["public"]["Enums"]["ticket_status"];
          status_code?: never;
          subject: string;
          tags?: string[];
          updated_at?: string;
          version?: number;
          waiting_since?: string | null;
        };
        Update: {
          assigned_to?: string | null;
          closed_at?: string | null;
          created_at?: string;
          customer_id?: string;
          customer_path?: string[] | null;
          deleted_at?: string | null;
          deleted_by?: string | null;
          deleted_with?: string | null;
          first_reply_at?: string | null;
          first_solved_at?: string | null;
          follow_up_of?: string | null;
          follower_ids?: string[];
          id?: string;
          keep_snoozed?: boolean;
          last_activity_at?: string;
          last_reply_at?: string | null;
          last_solved_at?: string | null;
          merged_into?: string | null;
          message_count?: number;
          metadata?: Json;
          number?: number;
          organization_id?: string;
          priority?: Database["public"]["Enums"]["ticket_priority"];
          priority_rank?: never;
          reopen_count?: number;
          reply_count?: number;
          snoozed_until?: string | null;
          split_from?: string | null;
          status?: Database["public"]["Enums"]["ticket_status"];
          status_code?: never;
          subject?: string;
          tags?: string[];
          updated_at?: string;
          version?: number;
          waiting_since?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["organization_id", "assigned_to"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "tickets_customer_fkey";
            columns: ["organization_id", "customer_id"];
            isOneToOne: false;
            referencedRelation: "customers";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "tickets_deleted_by_fkey";
            columns: ["organization_id", "deleted_by"];
            isOneToOne: false;
            referencedRelation: "agent_profiles";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "tickets_deleted_with_fkey";
            columns: ["organization_id", "deleted_with"];
            isOneToOne: false;
            referencedRelation: "customers";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "tickets_follow_up_of_fkey";
            columns: ["organization_id", "follow_up_of"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "tickets_merged_into_fkey";
            columns: ["organization_id", "merged_into"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["organization_id", "id"];
          },
          {
            foreignKeyName: "tickets_organization_fkey";
            columns: ["organization_id"];
            isOneToOne: false;
            referencedRelation: "organizations";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "tickets_split_from_fkey";
            columns: ["organization_id", "split_from"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["organization_id", "id"];
          },
        ];
      };
    };
    Views: { [_ in never]: never };
    Functions: { [_ in never]: never };
    Enums: {
      field_type: "text" | "number" | "boolean" | "date" | "select" | "multiselect";
      sender_type: "agent" | "customer" | "system";
      ticket_priority: "low" | "normal" | "high" | "urgent";
      ticket_status: "open" | "pending" | "solved" | "closed";
    };
    CompositeTypes: { [_ in never]: never };
  };
};

type Public = Database["public"];

/** A row of a table. */
export type Tables<Name extends keyof Public["Tables"]> = Public["Tables"][Name]["Row"];
/** What an insert into a table takes. */
export type TablesInsert<Name extends keyof Public["Tables"]> = Public["Tables"][Name]["Insert"];
/** What an update of a table takes. */
export type TablesUpdate<Name extends keyof Public["Tables"]> = Public["Tables"][Name]["Update"];
/** The words of an enum. */
export type Enums<Name extends keyof Public["Enums"]> = Public["Enums"][Name];
